/**
 * What one message in Teams may hold. The service takes about 100 KB of UTF-16 and says so only by refusing, so the
 * bound lies below it. Characters are UTF-16 units of a text before it is escaped.
 */
export const LIMITS = {
	messageBytes: 80_000,
	/** One piece of a long text, as it stands in the card's JSON. */
	textBytes: 30_000,
	/** Messages that one text may become. */
	pieces: 8,
	titleCharacters: 90,
	lineCharacters: 300,
	labelCharacters: 75,
	planCharacters: 3000,
	statementCharacters: 1500,
	checks: 12,
	facts: 4,
	buttons: 3,
	suggestions: 3,
	/** Of what a pressed button says for a person. */
	saidCharacters: 2000,
	/** Actions in one row; Teams hides those beyond. */
	actions: 6,
	tableRows: 10,
	tableColumns: 8,
	cellCharacters: 120,
	queries: 10,
	queryCharacters: 1000,
	loopSteps: 8,
	footerLines: 6,
	altCharacters: 600,
	summaryCharacters: 300,
	refreshUsers: 60,
	/** Bounds of citations, by the schema of AI messages. */
	citationNameCharacters: 80,
	citationAbstractCharacters: 160,
	/** 7 messages a second and 60 in 30 s are allowed in a thread; this pace keeps both. */
	paceMs: 600,
} as const;

/** How much of its text a card shows: 1 all, less where it would not fit otherwise. */
export type Scale = 1 | 0.5 | 0.25 | 0.1;

/** Bytes of a value as Teams counts them: its JSON in UTF-16. */
export function utf16Bytes(value: unknown): number {
	return (JSON.stringify(value) ?? "").length * 2;
}
