const HEAD = "What stands out: ";

/** What a detector saw, as one sentence; empty where it gave nothing. Pure. */
export function standsOut(told: readonly string[]): string {
	return told.length === 0 ? "" : `${HEAD}${told.join(", and ")}.`;
}

/** What it saw when it was told, for later. Pure. */
export function stoodOutThen(told: readonly string[]): string {
	return told.length === 0 ? "" : `What stood out when it was told: ${told.join(", and ")}.`;
}

/** That sentence of a finding's explanation, as it is told later; empty where it has none. Pure. */
export function whatStoodOut(explanation: string): string {
	const at = explanation.indexOf(HEAD);
	return at < 0 ? "" : `What stood out: ${explanation.slice(at + HEAD.length)}`;
}
