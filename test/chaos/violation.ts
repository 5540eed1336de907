/** Something that must never happen, and did. */
export type Violation = {
	/** The invariant of docs/trust.md: `I1`. */
	readonly invariant: string;
	/** The trial's number; left out where it is about the whole run. */
	readonly trial?: number;
	readonly text: string;
};
