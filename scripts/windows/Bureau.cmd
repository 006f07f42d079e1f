@echo off
rem Opens the desk without a console: of the folder dropped on this file, else of Documents\sheetgen.
if exist "%~dp0python\pythonw.exe" goto there
echo Le dossier de sheetgen est incomplet : l'extraire en entier de son archive, puis recommencer.
pause
exit /b 1
:there
if "%~1"=="" (
    start "" "%~dp0python\pythonw.exe" -m sheetgen.shortcuts.windowless
) else (
    start "" "%~dp0python\pythonw.exe" -m sheetgen.shortcuts.windowless "%~1"
)
