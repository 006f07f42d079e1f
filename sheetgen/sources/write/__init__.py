"""Write the source workbooks as a school fills them in: styles, dropdowns, help, `Lisez-moi`."""
