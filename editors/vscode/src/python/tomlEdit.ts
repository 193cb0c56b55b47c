/**
 * Sets one key of one table of a TOML text and leaves everything else as it is, comments included. Values are written as basic strings.
 * Undefined where the text says the key in a way that is not simply replaced (dotted keys, inline tables, strings of many lines): the user is to do it then.
 * @param table The name of the table; empty for the top of the file.
 */
export function setTomlKey(text: string, table: string, key: string, value: string): string | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.split(/\r?\n/);
  if (lines.some((line) => line.includes('"""') || line.includes("'''"))) return undefined;
  const header = /^\s*\[\s*([^[\]]+?)\s*\]\s*(?:#.*)?$/;
  const anyHeader = /^\s*\[/;
  const assignment = new RegExp(`^(\\s*${escape(key)}\\s*=\\s*)(?:"[^"]*"|'[^']*')(\\s*(?:#.*)?)$`);
  const written = `${key} = ${JSON.stringify(value)}`;

  let from = 0;
  if (table !== '') {
    if (lines.some((line) => saysOtherwise(line, table, key))) return undefined;
    const found = lines.findIndex((line) => header.exec(line)?.[1]?.replace(/\s*\.\s*/g, '.') === table);
    if (found < 0) {
      const body = text.replace(/(\r?\n)*$/, '');
      return `${body === '' ? '' : body + newline + newline}[${table}]${newline}${written}${newline}`;
    }
    from = found + 1;
  }
  let end = lines.findIndex((line, index) => index >= from && anyHeader.test(line));
  if (end < 0) end = lines.length;
  for (let index = from; index < end; index++) {
    const match = assignment.exec(lines[index] as string);
    if (match) return [...lines.slice(0, index), `${match[1]}${JSON.stringify(value)}${match[2]}`, ...lines.slice(index + 1)].join(newline);
    if (new RegExp(`^\\s*["']?${escape(key)}["']?\\s*[=.]`).test(lines[index] as string)) return undefined;
  }
  // Directly below the header, or at the top but behind the comments that a file begins with.
  let at = from;
  if (table === '') while (at < end && /^\s*#/.test(lines[at] as string)) at++;
  const result = [...lines.slice(0, at), written, ...lines.slice(at)].join(newline);
  return result.endsWith(newline) ? result : result + newline;
}

/** Whether a line sets the table, or a part of it, by dotted keys or as an inline table of one above it. */
function saysOtherwise(line: string, table: string, key: string): boolean {
  const parts = table.split('.');
  const last = escape(parts[parts.length - 1] as string);
  return new RegExp(`^\\s*(?:[\\w-]+\\s*\\.\\s*)*["']?${last}["']?\\s*(?:=\\s*\\{|\\.\\s*["']?${escape(key)}["']?\\s*=)`).test(line);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
