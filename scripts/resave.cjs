// Opens each workbook with one library of npm and saves it again: run by programs.py.
// node resave.cjs FOLDER LIBRARY SOURCE TARGET [SOURCE TARGET]...
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

const [folder, library, ...files] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(folder), "resave.cjs"));

const saves = {
  async exceljs(source, target) {
    const book = new (load("exceljs").Workbook)();
    await book.xlsx.readFile(source);
    await book.xlsx.writeFile(target);
  },
  async xlsx(source, target) {
    const sheets = load("xlsx");
    sheets.writeFile(sheets.readFile(source, { cellStyles: true }), target);
  },
  async "xlsx-populate"(source, target) {
    const book = await load("xlsx-populate").fromFileAsync(source);
    await book.toFileAsync(target);
  },
};

(async () => {
  for (let place = 0; place < files.length; place += 2) {
    await saves[library](files[place], files[place + 1]);
  }
})();
