@"%~dp0python\python.exe" -m sheetgen %*
