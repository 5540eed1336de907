import { AwsError } from "./aws-error.ts";

export type Page<Item> = { readonly items: readonly Item[]; readonly nextToken: string | undefined };

/** One page of a list. The token says where the next one begins. Error: InvalidNextToken. */
export function paginate<Item>(
	items: readonly Item[],
	token: string | undefined,
	maxResults: number | undefined,
	pageSize = 1000,
): Page<Item> {
	const start = token === undefined ? 0 : readToken(token);
	const end = start + (maxResults ?? pageSize);
	const nextToken = end < items.length ? Buffer.from(`page:${end}`).toString("base64url") : undefined;
	return { items: items.slice(start, end), nextToken };
}

function readToken(token: string): number {
	const text = Buffer.from(token, "base64url").toString();
	const start = /^page:(\d{1,9})$/.exec(text)?.[1];
	if (start === undefined) throw new AwsError("InvalidNextToken", "The specified NextToken is not valid.");
	return Number(start);
}
