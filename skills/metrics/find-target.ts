import { AppError } from "../../src/domain/errors.ts";
import type { Inventory, Target } from "./target.ts";

/** The target with this name or alias. @throws AppError `not_found` that names the ones there are */
export async function findTarget(inventory: Inventory, name: string): Promise<Target> {
	const targets = await inventory();
	const wanted = name.toLowerCase();
	const found =
		targets.find((target) => target.name.toLowerCase() === wanted) ??
		targets.find((target) => target.aliases.some((alias) => alias.toLowerCase() === wanted));
	if (found) return found;
	throw new AppError(
		"not_found",
		targets.length === 0
			? "There is no target of that name; none is known yet."
			: `There is no target of that name; known: ${namesText(targets)}.`,
	);
}

/** Names for a sentence: at most five, then how many more. */
export function namesText(targets: readonly Pick<Target, "name">[]): string {
	const names = targets.slice(0, 5).map((target) => target.name);
	const more = targets.length - names.length;
	if (names.length === 0) return "none";
	if (more === 0) return names.join(", ");
	return `${names.join(", ")} and ${more} ${more === 1 ? "other" : "others"}`;
}
