/** The start of a hash in two groups that can be read aloud: `7c1e 90b2`. */
export function formatHash(hash: string): string {
	return `${hash.slice(0, 4)} ${hash.slice(4, 8)}`.trim();
}
