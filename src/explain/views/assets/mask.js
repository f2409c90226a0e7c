// What must not leave the page in a file: places that the guards on the server have refused, and whatever looks like a
// number, an address or a date that they would refuse. Without the line nobody has looked at a text yet, so this looks
// more coarsely than they do, and rather leaves out too much; no lists of names are here.

const IDENTIFYING = [
  /\S+@\S+/gu,
  /(?:https?:\/\/|www\.)\S+/giu,
  /[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.(?:dk|com|net|org|eu|no|se|de)\b\S*/giu,
  /\d(?:[^\p{L}\d\n]{0,3}\d){5,}/gu,
  /\d{1,2}\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*\d{2,4})?/gu,
  /\d{1,2}\.?\s*(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)\p{L}*\.?(?:\s*\d{2,4})?/giu,
  /[\p{L}.-]*(?:vej|gade|allé|alle|stræde|vænge|plads|torv|boulevard|parken|toften|bakken|street|road)\s+\d+\s?\p{L}?/giu,
  /\b\d{4}\s+\p{Lu}\p{L}+/gu,
];

// `refused`: places as the server counts them, in characters.
function masked(text, refused, instead) {
  const letters = [...text];
  for (const [start, end] of [...(refused ?? [])].reverse()) letters.splice(start, end - start, instead);
  return IDENTIFYING.reduce((shown, form) => shown.replace(form, instead), letters.join(""));
}

// The answers of one form, with everything in them that is a text made fit for a file.
function fitForFile(content, instead) {
  const fields = Object.entries(content.fields ?? {}).map(([name, field]) => {
    const { refused, ...rest } = field;
    return [name, { ...rest, value: masked(field.value, refused, instead) }];
  });
  const outbox = (content.outbox ?? []).map((item) => {
    const values = Object.entries(item.values ?? {}).map(([name, value]) => {
      const its = content.fields?.[name];
      return [name, masked(value, its?.value === value ? its.refused : [], instead)];
    });
    return item.values ? { ...item, values: Object.fromEntries(values) } : item;
  });
  return { ...content, fields: Object.fromEntries(fields), outbox };
}
