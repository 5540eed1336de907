/** The product gives every part of it so long to answer. */
const LONGEST_SECONDS = 15;

/** What is said while the installation is checked, by how long that has taken; empty at first. */
export function checkProgress(seconds: number): string {
	if (seconds < 1) return "";
	if (seconds < 5) return "Asking the store, the metrics and the chat platforms.";
	const taken = `${Math.floor(seconds)} s`;
	if (seconds < 2 * LONGEST_SECONDS)
		return `${taken}; a part that does not answer within ${LONGEST_SECONDS} s is called broken.`;
	return `${taken}, longer than usual. The list stays as it was until an answer comes.`;
}
