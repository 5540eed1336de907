import type { Identity } from "./actor.ts";

/** An identity as people write it: `slack:T1:U1`. User ids may hold colons, as those of Teams do. */
export function identityText({ platform, tenant, userId }: Identity): string {
	return `${platform}:${tenant}:${userId}`;
}

/** The identity of such a text; undefined where it is none. */
export function parseIdentity(text: string): Identity | undefined {
	const [, platform, tenant, userId] = /^([a-z][a-z-]{0,30}):([^:\s]{1,100}):(\S{1,200})$/.exec(text) ?? [];
	return platform && tenant && userId ? { platform, tenant, userId } : undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What ids look like on the platforms that are strict about them. */
const SHAPES: Readonly<
	Record<string, { readonly tenant: RegExp; readonly user: RegExp; readonly how: string }>
> = {
	slack: {
		tenant: /^[TE][A-Z0-9]{1,20}$/,
		user: /^[UW][A-Z0-9]{1,20}$/,
		how: "slack:<workspace id>:<user id>, such as slack:T0123ABCD:U0456EFGH",
	},
	teams: {
		tenant: UUID,
		user: new RegExp(`${UUID.source}|^29:[\\w-]{1,300}$`, "i"),
		how: "teams:<tenant id>:<user's object id>, both like 6f9619ff-8b86-4011-b42d-00cf4fc964ff",
	},
};

/** Why nobody can have this identity, as a sentence that says how to write it; undefined where somebody may. Pure. */
export function identityProblem({ platform, tenant, userId }: Identity): string | undefined {
	const shape = Object.hasOwn(SHAPES, platform) ? SHAPES[platform] : undefined;
	if (!shape) return undefined;
	const isTenant = shape.tenant.test(tenant);
	if (isTenant && shape.user.test(userId)) return undefined;
	const wrong = isTenant
		? `"${userId.slice(0, 60)}" is no user id`
		: `"${tenant.slice(0, 60)}" is no organisation's id`;
	return `${wrong} of ${platform}; write ${shape.how}.`;
}
