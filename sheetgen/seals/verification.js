"use strict";

// The text that is signed is made as statements.py makes it: one value a line.
const VERSION = "1";
const FIRST_LINE = "sheetgen " + VERSION;
const FIELDS = ["kind", "number", "holder", "birth_date", "code", "title", "day", "certifier"];
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SPACES = /[ \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const MONTHS = [
  ...["janvier", "fevrier", "mars", "avril", "mai", "juin"],
  ...["juillet", "aout", "septembre", "octobre", "novembre", "decembre"],
];
const LABELS = {
  kind: "Document",
  number: "Numéro",
  holder: "Titulaire",
  birth_date: "Né(e) le",
  code: "Code",
  title: "Intitulé",
  day: "Délibération du",
  certifier: "Délivré par",
};

const known = JSON.parse(document.getElementById("known").textContent);
const answer = document.getElementById("answer");
const form = document.getElementById("form");

const plain = (text) =>
  text.normalize("NFC").replaceAll("’", "'").replace(SPACES, " ").replace(/^ | $/g, "");

function bytesOf(base64) {
  const usual = base64.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(usual), (letter) => letter.charCodeAt(0));
}

// Bits that mean nothing are zero, so that no letter can be changed unseen.
function isWhole(base64) {
  const again = btoa(String.fromCharCode(...bytesOf(base64)));
  return again.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === base64;
}

// A day in figures, or in words as papers print it; null for what is neither.
function isoDay(typed) {
  const said = plain(typed).toLowerCase();
  if (said === "" || /^\d{4}-\d{2}-\d{2}$/.test(said)) return said;
  const figures = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(said);
  const words = /^(\d{1,2})(?:er)? (\p{L}+) (\d{4})$/u.exec(said.normalize("NFD").replace(/\p{M}/gu, ""));
  const found = figures ?? words;
  if (found === null) return null;
  const month = figures === null ? String(MONTHS.indexOf(found[2]) + 1) : found[2];
  if (month === "0") return null;
  return `${found[3]}-${month.padStart(2, "0")}-${found[1].padStart(2, "0")}`;
}

// The code as typed, without the dash that stands before a bloc's, or each that ends with this bloc's.
function codesFor(typed) {
  const code = typed.replace(/ [–—-] /g, " ");
  return [...new Set([typed, code, ...known.codes.filter((other) => other.endsWith(` ${code}`))])];
}

function readings(values) {
  return codesFor(values.code).flatMap((code) => titleReadings({ ...values, code }));
}

// What was typed, then the same without the bloc's code that an attestation prints before its title.
function titleReadings(values) {
  const bloc = values.code.slice(values.code.lastIndexOf(" ") + 1);
  const rest = bloc !== "" && values.title.startsWith(bloc) ? values.title.slice(bloc.length) : "";
  const title = /^ ?[–—-] ?(.+)$/.exec(rest);
  return title === null ? [values] : [values, { ...values, title: title[1] }];
}

function frenchDay(iso) {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return found === null ? iso : `${found[3]}/${found[2]}/${found[1]}`;
}

// The 103 letters of a typed code, five bits each, to the 64 bytes of a signature; null for others.
function signatureOf(typed) {
  const code = typed.replace(/[\s.-]/g, "").toUpperCase().replaceAll("O", "0").replace(/[IL]/g, "1");
  if (code.length !== 103) return null;
  const bytes = [];
  let bits = 0;
  let count = 0;
  for (const letter of code) {
    const value = DIGITS.indexOf(letter);
    if (value < 0) return null;
    bits = (bits << 5) | value;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
      bits &= (1 << count) - 1;
    }
  }
  return bits === 0 ? new Uint8Array(bytes) : null;
}

async function isSigned(text, signature) {
  for (const key of known.keys) {
    const imported = await crypto.subtle.importKey("raw", bytesOf(key), { name: "Ed25519" }, false, ["verify"]);
    if (await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, text)) return true;
  }
  return false;
}

function show(state, title, text, values) {
  answer.replaceChildren();
  answer.dataset.state = state;
  const heading = document.createElement("strong");
  heading.textContent = title;
  const told = document.createElement("p");
  told.textContent = text;
  answer.append(heading, told);
  if (values !== null) {
    const list = document.createElement("dl");
    for (const name of FIELDS) {
      const label = document.createElement("dt");
      const value = document.createElement("dd");
      label.textContent = LABELS[name];
      value.textContent = shown(name, values[name]);
      list.append(label, value);
    }
    answer.append(list);
  }
  answer.hidden = false;
  answer.scrollIntoView({ block: "nearest" });
}

function shown(name, value) {
  if (name === "kind") return known.names[value] ?? value;
  if (name === "day" || name === "birth_date") return frenchDay(value) || "—";
  return value || "—";
}

async function check(said, signature) {
  let values = null;
  try {
    for (const reading of said) {
      const text = [FIRST_LINE, ...FIELDS.map((name) => plain(reading[name]))].join("\n");
      if (values === null && (await isSigned(new TextEncoder().encode(text), signature))) values = reading;
    }
  } catch {
    show(
      "unable",
      "Ce navigateur ne sait pas vérifier",
      "Il est trop ancien, ou cette page n’a pas été ouverte par une adresse https. Essayez avec un navigateur à jour.",
      null,
    );
    return;
  }
  if (values === null) {
    show(
      "false",
      "✘ Document non authentique",
      `Il ne porte pas la signature de l’émetteur, « ${known.certifier} », ou quelque chose a été changé, ne serait-ce qu’une lettre. Si vous avez recopié un document, relisez chaque ligne.`,
      null,
    );
    return;
  }
  const since = Object.hasOwn(known.withdrawn, values.number) ? known.withdrawn[values.number] : null;
  if (since !== null) {
    show(
      "withdrawn",
      "✘ Document retiré",
      `Il a été délivré, puis retiré le ${frenchDay(since)} : il ne vaut plus rien. Un autre a pu le remplacer.`,
      values,
    );
    return;
  }
  show("genuine", "✔ Document authentique", "Voici ce qui fut signé : comparez-le à ce que vous lisez.", values);
}

function unreadable() {
  show(
    "unreadable",
    "✘ Adresse incomplète ou abîmée",
    "Scannez de nouveau le code QR, ou recopiez le document ci-dessous.",
    null,
  );
}

async function checkAddress() {
  const said = location.hash.slice(1);
  if (said === "") return;
  const pieces = said.split(".");
  if (pieces.length !== 3 || pieces[0] !== VERSION) return unreadable();
  let lines;
  let signature;
  try {
    if (!pieces.slice(1).every(isWhole)) return unreadable();
    lines = new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(pieces[1])).split("\n");
    signature = bytesOf(pieces[2]);
  } catch {
    return unreadable();
  }
  const [first, ...rest] = lines;
  if (first !== FIRST_LINE || rest.length !== FIELDS.length || signature.length !== 64) return unreadable();
  await check([Object.fromEntries(FIELDS.map((name, place) => [name, rest[place]]))], signature);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(FIELDS.map((name) => [name, plain(document.getElementById(name).value)]));
  values.number = values.number.toUpperCase();
  values.day = isoDay(values.day);
  values.birth_date = isoDay(values.birth_date);
  const signature = signatureOf(document.getElementById("seal").value);
  if (signature === null) {
    show(
      "unreadable",
      "✘ Code de vérification incomplet",
      "Il a 103 lettres et chiffres, sans I, L, O ni U. Relisez-le.",
      null,
    );
    return;
  }
  if (values.day === null || values.birth_date === null) {
    show("unreadable", "✘ Date illisible", "Écrivez-la comme 15/06/2026, ou comme elle est imprimée.", null);
    return;
  }
  await check(readings(values), signature);
});

window.addEventListener("hashchange", checkAddress);
checkAddress();
