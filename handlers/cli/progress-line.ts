type Screen = { readonly isTTY?: boolean; write(text: string): unknown };

/** How far something is: one line that is written over on a terminal, else a line for each tenth. */
export function progressLine(out: Screen) {
	let told = -1;
	let shown = 0;
	return {
		/** @param share 0 to 1 */
		say({ share, step }: { readonly share: number; readonly step: string }): void {
			const text = `${String(Math.round(share * 100)).padStart(3)} %  ${step}`;
			if (out.isTTY) {
				out.write(`\r${text.padEnd(shown)}`);
				shown = text.length;
			} else if (Math.floor(share * 10) > told) {
				told = Math.floor(share * 10);
				out.write(`${text}\n`);
			}
		},
		/** Wipes the line off a terminal. */
		end(): void {
			if (out.isTTY && shown > 0) out.write(`\r${" ".repeat(shown)}\r`);
			shown = 0;
		},
	};
}
