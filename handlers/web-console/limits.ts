/** What one message of the console may hold. Longer texts are cut with a note of how much is left out. */
export const LIMITS = {
	titleCharacters: 90,
	textCharacters: 3000,
	lineCharacters: 300,
	queryCharacters: 2000,
	facts: 4,
	buttons: 3,
	labelCharacters: 75,
	suggestions: 3,
	queries: 20,
	loopSteps: 8,
	footerLines: 6,
	checks: 12,
	tableRows: 10,
	tableColumns: 8,
	cellCharacters: 120,
	chartLines: 12,
} as const;
