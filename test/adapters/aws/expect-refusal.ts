import { AppError, type ErrorCode } from "../../../src/domain/errors.ts";

/** The AppError that a call ends with, which holds no secret and is one sentence. */
export async function refusalOf(work: Promise<unknown>, ...secrets: readonly string[]): Promise<AppError> {
	const error = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof AppError)) throw new Error(`no AppError but ${String(error)}`);
	const told = JSON.stringify([error.message, error.detail, error.extra, String(error.cause)]);
	for (const secret of [...secrets, "Signature=", "Credential="]) expect(told).not.toContain(secret);
	expect(error.message).toMatch(/^[^\n]{10,400}\.$/);
	return error;
}

/** Expects a call to end with an AppError of this code. */
export async function expectRefusal(
	work: Promise<unknown>,
	code: ErrorCode,
	text?: RegExp,
): Promise<AppError> {
	const error = await refusalOf(work);
	expect(error).toMatchObject({ code });
	if (text) expect(error.message).toMatch(text);
	return error;
}
