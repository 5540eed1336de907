import type { ApprovalView } from "../api/types.generated.ts";

/** What undoing means for each kind of reversal, as a heading and a sentence. */
export const UNDOING: Readonly<
	Record<ApprovalView["reversal"], { readonly title: string; readonly text: string }>
> = {
	rollback: { title: "Can be undone", text: "If it does not help, it is set back by itself." },
	"nothing-to-undo": {
		title: "Nothing to undo",
		text: "The state returns by itself; there is nothing to set back.",
	},
	irreversible: {
		title: "Can’t be undone",
		text: "Something is gone afterwards, and there is no way back.",
	},
};
