/** Two characters that stand for a name: first and last letter or digit of its parts ("operator-2" is "o2"). */
export function initials(name: string): string {
	const parts = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	const first = parts[0]?.slice(0, 1) ?? "?";
	return `${first}${parts.length > 1 ? (parts.at(-1)?.slice(0, 1) ?? "") : ""}`.toLowerCase();
}
