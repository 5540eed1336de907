import { z } from "zod";

const password = z
	.string()
	.regex(/^[\x21-\x7e]{16,200}$/, "use 16 to 200 letters, digits and signs, without blanks")
	.optional();

/** What `npm run database -- prepare` reads of the environment. */
export const DatabaseConfig = z.object({
	DATABASE_URL: z.url({
		protocol: /^postgres(ql)?$/,
		error: "set it to postgres://owner:password@host:port/database, as the owner of the tables",
	}),
	/** What the names of the roles' users begin with. */
	DATABASE_ROLE_PREFIX: z
		.string()
		.regex(/^[a-z][a-z0-9_]{0,39}$/, "use up to 40 small letters, digits and underscores")
		.default("smartcloudops"),
	DATABASE_INGRESS_PASSWORD: password,
	DATABASE_AGENT_PASSWORD: password,
	DATABASE_EXECUTOR_PASSWORD: password,
});
export type DatabaseConfig = z.infer<typeof DatabaseConfig>;
