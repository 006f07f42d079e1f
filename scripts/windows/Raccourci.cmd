@echo off
rem Puts the desk into the Start menu: of the folder dropped on this file, else of Documents\sheetgen.
chcp 65001 >nul
if "%~1"=="" (
    "%~dp0python\python.exe" -m sheetgen desk --install-shortcut --documents
) else (
    "%~dp0python\python.exe" -m sheetgen desk --install-shortcut --workspace "%~1"
)
echo.
pause
