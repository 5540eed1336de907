import { type Approval, isPending } from "../domain/approval.ts";
import { inertLine } from "./describe-alert.ts";

const NAMES_SHOWN = 3;
const NAME_CHARACTERS = 40;
const NOT_TAKEN: readonly Approval["status"][] = ["denied", "expired", "cancelled"];

/**
 * Who approved a request, in the order they did: `Approved by anna and ben.` Of more than three the first two and a
 * count. Undefined where nobody has, or where it came to nothing before it could run. Pure.
 */
export function approvedBy({ status, decisions }: Approval): string | undefined {
	const names = decisions
		.filter(({ verdict }) => verdict === "approve")
		.map(({ person }) => inertLine(person.name, NAME_CHARACTERS));
	if (names.length === 0 || NOT_TAKEN.includes(status)) return undefined;
	const shown = names.length > NAMES_SHOWN ? names.slice(0, NAMES_SHOWN - 1) : names;
	const last = names.length > NAMES_SHOWN ? `${names.length - shown.length} others` : shown.pop();
	const who = [shown.join(", "), last].filter(Boolean).join(" and ");
	return `Approved by ${who}${isPending(status) ? " so far" : ""}.`;
}
