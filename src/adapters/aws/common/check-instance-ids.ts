import { AppError } from "../../../domain/errors.ts";

/** The most instances of one call. */
const MOST = 50;

/** Refuses a list that is empty, too long, holds an id twice, or what is no id: AppError `invalid`. Pure. */
export function checkInstanceIds(ids: readonly string[]): void {
	const refuse = (why: string): never => {
		throw new AppError("invalid", `Nothing was sent to AWS: ${why}.`, { extra: { changed: false } });
	};
	if (ids.length === 0) refuse("no instance is named");
	if (ids.length > MOST)
		refuse(`${ids.length} instances are named, and one call may change ${MOST}; name fewer`);
	if (new Set(ids).size < ids.length) refuse("an instance is named twice");
	if (!ids.every((id) => /^i-[0-9a-f]{8,17}$/.test(id)))
		refuse("an instance's id is not written as i-0123456789abcdef0");
}
