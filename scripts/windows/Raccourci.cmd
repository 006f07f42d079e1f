@echo off
rem Puts the desk into the Start menu: of the folder dropped on this file, else of Documents\sheetgen.
if "%~1"=="" goto own
"%~dp0python\python.exe" -m sheetgen desk --install-shortcut --workspace "%~1\."
goto end
:own
"%~dp0python\python.exe" -m sheetgen desk --install-shortcut --documents
:end
echo.
pause
