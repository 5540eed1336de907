/** Whether the text is what the pattern says: `*` stands for any run of characters, `?` for one. */
export function matchesWildcard(pattern: string, text: string): boolean {
	let at = 0;
	let inPattern = 0;
	let star = -1;
	let starAt = 0;
	while (at < text.length) {
		const wanted = pattern[inPattern];
		if (wanted === "*") {
			star = inPattern++;
			starAt = at;
		} else if (wanted === "?" || wanted === text[at]) {
			inPattern++;
			at++;
		} else if (star >= 0) {
			inPattern = star + 1;
			at = ++starAt;
		} else return false;
	}
	return /^\**$/.test(pattern.slice(inPattern));
}
