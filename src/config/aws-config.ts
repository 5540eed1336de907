import { z } from "zod";
import { name } from "./values.ts";

const region = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "is not a region such as eu-west-1");
const tag = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });

/** An AWS account. Without regions nothing of it is loaded. */
export const AwsConfig = z.strictObject({
	regions: z.array(region).default([]),
	/** The only account that may be read or changed; by default the one the credentials belong to. */
	account: z
		.string()
		.regex(/^\d{12}$/, "is not an account of twelve digits; put it in quotes")
		.optional(),
	/** Profiles of the SDK's shared configuration; by default both go by the SDK's own chain. */
	reader_profile: z.string().min(1).optional(),
	writer_profile: z.string().min(1).optional(),
	/** The role of the writer, where IAM may be asked to simulate its permissions. */
	writer_role_arn: z
		.string()
		.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is not the ARN of a role")
		.optional(),
	/** The tag that names a target's environment. */
	environment_tag: z.string().min(1).default("Environment"),
	/** What lacks this tag is never changed. */
	required_tag: tag.default({ key: "smartcloudops", value: "managed" }),
	/** Tells when an instance was booted: a query with a label that holds the instance's id. */
	boot_time: z
		.strictObject({
			query: z.string().default("node_boot_time_seconds"),
			label: z.string().default("instance_id"),
		})
		.prefault({}),
	prices_usd_per_hour: z.record(z.string(), z.number().min(0)).default({}),
	services: z
		.array(
			z.strictObject({
				name,
				region,
				tag,
				/** The systemd unit that a restart is about. */
				unit: z
					.string()
					.regex(
						/^(?=.{1,121}$)[A-Za-z0-9][A-Za-z0-9_-]*([.@][A-Za-z0-9_-]+)*$/,
						"is not the name of a systemd unit",
					),
				clean_paths: z
					.array(
						z
							.string()
							.regex(
								/^(?=.{1,200}$)(\/\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)+$/,
								"is not a plain absolute path",
							),
					)
					.default([]),
				environment: name.optional(),
			}),
		)
		.default([]),
});
