import { z } from "zod";

/** Who is signed in, and how they came in. Times are ISO 8601 in UTC. */
const time = z.iso.datetime();

export const PersonView = z.object({
	id: z.string(),
	name: z.string(),
	role: z.enum(["admin", "operator", "viewer", "guest"]),
});

export const SignInRequest = z.strictObject({ code: z.string().max(200) });
export const SessionView = z.object({
	person: PersonView,
	/** Sent back as the header `x-csrf-token` with everything but GET. */
	csrfToken: z.string(),
	environment: z.string(),
	version: z.string(),
	/** The sample service can be broken on purpose here. */
	demo: z.boolean(),
});

export const SignInCodeView = z.object({ code: z.string(), expiresAt: time });
export const SignedOutView = z.object({ signedOut: z.literal(true) });
