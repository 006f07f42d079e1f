"""Work cut into shares, done by this process, by others here, or by a Dask cluster's."""
