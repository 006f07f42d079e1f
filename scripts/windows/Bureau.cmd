@echo off
rem Opens the desk without a console: of the folder dropped on this file, else of Documents\sheetgen.
if not exist "%~dp0python\pythonw.exe" goto incomplete
if "%~1"=="" goto own
rem The point after the last backslash: "D:\" would else end in a quote that is part of it.
start "" "%~dp0python\pythonw.exe" -m sheetgen.shortcuts.windowless "%~1\."
exit /b
:own
start "" "%~dp0python\pythonw.exe" -m sheetgen.shortcuts.windowless
exit /b
:incomplete
echo Le dossier de sheetgen est incomplet : l'extraire en entier de son archive, puis recommencer.
pause
exit /b 1
