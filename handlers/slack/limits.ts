/**
 * What Slack takes, and how much of it a message of ours uses. The first group is Slack's; one character more and it
 * refuses the whole message. `messageCharacters` counts the blocks as JSON with the text, which is never less than
 * what Slack counts.
 */
export const LIMITS = {
	messageBlocks: 50,
	messageCharacters: 13_200,
	viewBlocks: 100,
	viewBytes: 250_000,
	viewTitleCharacters: 24,
	privateMetadataCharacters: 3000,
	textCharacters: 3000,
	fields: 10,
	fieldCharacters: 2000,
	actionElements: 25,
	contextElements: 10,
	headerCharacters: 150,
	buttonCharacters: 75,
	buttonValueCharacters: 2000,
	urlCharacters: 3000,
	altCharacters: 2000,
	idCharacters: 255,
	inputLabelCharacters: 2000,
	tableRows: 100,
	tableColumns: 20,
	tables: 1,
} as const;

/** What parts of a message may cost in characters as they are sent, so that all of them fit into one. */
export const SHARES = {
	fallback: 1000,
	state: 300,
	fact: 450,
	facts: 4,
	alt: 700,
	table: 4500,
	tableRows: 10,
	tableColumns: 8,
	cell: 120,
	plan: 2000,
	/** Checks that stand in one line; more have a line each. */
	checksInline: 3,
	targets: 500,
	statement: 1500,
	buttonLabel: 75,
	buttons: 3000,
	suggestions: 3,
	queries: 3,
	loop: 700,
	footer: 900,
	textBlock: 2950,
	/** What is left to Slack's own count above the limit. */
	spare: 300,
} as const;
