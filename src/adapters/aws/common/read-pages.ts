import { AppError } from "../../../domain/errors.ts";

/** One page of a list: `next` leads to the following one. */
export type Page<Item> = {
	readonly items: readonly Item[] | undefined;
	readonly next: string | undefined;
};

/** Reads every page of a list. AppError `limited` where it holds more than `most`; `what` names its items. */
export async function readPages<Item>(
	read: (token: string | undefined) => Promise<Page<Item>>,
	{ most, what }: { readonly most: number; readonly what: string },
): Promise<readonly Item[]> {
	const all: Item[] = [];
	let token: string | undefined;
	do {
		const page = await read(token);
		all.push(...(page.items ?? []));
		if (all.length > most)
			throw new AppError(
				"limited",
				`There are more than ${most} ${what}; narrow it down, for example by a tag.`,
			);
		token = page.next === "" ? undefined : page.next;
	} while (token !== undefined);
	return all;
}
