import { z } from "zod";
import { AppError } from "../../../src/domain/errors.ts";

const Refusal = z.object({
	error: z.string().max(100).optional(),
	error_codes: z.array(z.number().int()).max(20).default([]),
	error_description: z.string().optional(),
});

/** Microsoft's own numbers for why an app may not sign in, and what to do about each. */
const REASONS: readonly { readonly codes: readonly number[]; readonly text: string }[] = [
	{
		codes: [7_000_215],
		text: "Microsoft refused the bot's password; set MICROSOFT_APP_PASSWORD to the secret's value, not its id.",
	},
	{
		codes: [7_000_222],
		text: "The bot's password has expired; make a new client secret and set MICROSOFT_APP_PASSWORD to its value.",
	},
	{
		codes: [90_002, 900_023, 90_023],
		text: "Microsoft does not know this tenant; set MICROSOFT_APP_TENANT_ID to the directory (tenant) id.",
	},
	{
		codes: [700_016, 70_001],
		text: "The app is not in this tenant; check MICROSOFT_APP_ID and MICROSOFT_APP_TENANT_ID.",
	},
	{
		codes: [7_000_112],
		text: "The app is disabled at Microsoft; enable it in Microsoft Entra under its properties.",
	},
	{
		codes: [53_003],
		text: "A Conditional Access rule of the tenant keeps the bot from signing in; exempt its app.",
	},
];

/** Microsoft's refusal of a sign-in in words. Only its numbers reach the log: its sentences repeat what was sent. Pure. */
export function signInError(status: number, body: string): AppError {
	const refusal = Refusal.safeParse(parsed(body)).data;
	const codes = codesOf(refusal);
	const detail = `the sign-in answered ${status}${codes.map((code) => ` AADSTS${code}`).join("")}`;
	if (status === 429 || status >= 500)
		return new AppError("unavailable", "Microsoft's sign-in is not available at the moment.", {
			detail,
			retryAfterSeconds: 30,
		});
	const known = REASONS.find((reason) => reason.codes.some((code) => codes.includes(code)));
	const text =
		known?.text ??
		(refusal?.error === "invalid_client"
			? "Microsoft refused the bot's id and password; check MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD."
			: "Microsoft refused the bot's sign-in; check MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID.");
	return new AppError("forbidden", text, { detail });
}

function codesOf(refusal: z.infer<typeof Refusal> | undefined): readonly number[] {
	if (!refusal) return [];
	if (refusal.error_codes.length > 0) return refusal.error_codes;
	const written = /AADSTS(\d{4,9})/.exec(refusal.error_description ?? "")?.[1];
	return written === undefined ? [] : [Number(written)];
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
