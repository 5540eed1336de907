// What the schema of Teams app manifests 1.19 demands of the parts that ours uses. Unknown keys are refused, as there.
import { z } from "zod";

const httpsUrl = z
	.url({ protocol: /^https$/, error: "must be an address that begins with https://" })
	.max(2048);
const guid = z.guid({ error: "must be an id such as 11111111-2222-4333-8444-555555555555" });
const scopes = z
	.array(z.enum(["team", "personal", "groupChat", "copilot"]))
	.min(1)
	.max(3)
	.refine((list) => new Set(list).size === list.length, "names a scope twice");
const capability = z.enum(["tab", "bot", "connector"]);

export const TeamsManifest = z
	.strictObject({
		$schema: z.literal("https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"),
		manifestVersion: z.literal("1.19"),
		version: z
			.string()
			.max(256)
			.regex(/^\d+\.\d+\.\d+$/, "must be a version such as 1.2.3"),
		id: guid,
		developer: z.strictObject({
			name: z.string().min(1).max(32),
			websiteUrl: httpsUrl,
			privacyUrl: httpsUrl,
			termsOfUseUrl: httpsUrl,
		}),
		name: z.strictObject({ short: z.string().min(1).max(30), full: z.string().min(1).max(100) }),
		description: z.strictObject({ short: z.string().min(1).max(80), full: z.string().min(1).max(4000) }),
		icons: z.strictObject({ color: z.literal("color.png"), outline: z.literal("outline.png") }),
		accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
		bots: z
			.array(
				z.strictObject({
					botId: guid,
					scopes,
					supportsFiles: z.boolean(),
					isNotificationOnly: z.boolean(),
					commandLists: z
						.array(
							z.strictObject({
								scopes,
								commands: z
									.array(
										z.strictObject({
											title: z.string().min(1).max(32),
											description: z.string().min(1).max(128),
										}),
									)
									.min(1)
									.max(10),
							}),
						)
						.max(3),
				}),
			)
			.length(1),
		defaultInstallScope: z.enum(["personal", "team", "groupChat", "meetings"]),
		defaultGroupCapability: z.strictObject({ team: capability, groupchat: capability }),
		permissions: z.array(z.enum(["identity", "messageTeamMembers"])),
		validDomains: z.array(z.string().max(2048)).max(16),
	})
	.refine(({ bots, id }) => bots.every((bot) => bot.botId === id), {
		path: ["bots"],
		message: "the bot has another id than the app",
	});
