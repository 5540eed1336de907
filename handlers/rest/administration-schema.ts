import { z } from "zod";
import { Role } from "../../src/domain/actor.ts";
import { PersonView, SignInCodeView } from "./session-schema.ts";

/** A person with all accounts, each as `platform:tenant:user`. */
const KnownPersonView = z.object({
	id: z.string(),
	name: z.string(),
	role: Role,
	identities: z.array(z.string()),
});
export const PeopleList = z.object({ items: z.array(KnownPersonView) });
export const RoleRequest = z.strictObject({ identity: z.string().max(330), role: Role });
export const RoleView = z.object({ id: z.string(), name: z.string(), role: Role });

/** The signature of a chart's address, as it was made; `expires` in Unix seconds. */
export const SignedQuery = z.object({ expires: z.string().max(20), signature: z.string().max(100) });

/** What a self-check found. `remedy`: the one thing to do. */
const FindingView = z.object({
	area: z.enum(["config", "store", "metrics", "slack", "teams", "cloud", "disk", "time", "posting"]),
	name: z.string(),
	verdict: z.enum(["ok", "warn", "fail", "off"]),
	text: z.string(),
	remedy: z.string().optional(),
});
export const DoctorView = z.object({ items: z.array(FindingView) });

/** Whom a sign-in code is for, by an account; without one for the caller. */
export const GiveCodeRequest = z.strictObject({ identity: z.string().max(330).optional() }).nullish();
export const GivenCodeView = SignInCodeView.extend({ person: PersonView });
