/**
 * Text in lines of at most `width` characters, each line after `indent`. A word that is longer has a line of its own.
 * Without a bound (Infinity) it is one line. Pure.
 */
export function wrapText(text: string, width: number, indent = ""): string {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (line === "" || indent.length + longer.length <= width) line = longer;
		else {
			lines.push(line);
			line = word;
		}
	}
	return [...lines, line].map((one) => `${indent}${one}\n`).join("");
}
