import type { AwsSettings } from "../common/settings.ts";

/** Tags as the services give them. */
type GivenTag = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** Tags by key. */
export function tagsOf(given: readonly GivenTag[] | undefined): ReadonlyMap<string, string> {
	return new Map((given ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** What the tags say of a target: its environment, and whether it may be changed. */
export function judgeTags(
	tags: ReadonlyMap<string, string>,
	{ environment, environmentTag, requiredTag }: Pick<AwsSettings, "requiredTag"> & EnvironmentRule,
): { readonly environment: string; readonly managed: boolean } {
	return {
		environment: tags.get(environmentTag) || environment,
		managed: tags.get(requiredTag.key) === requiredTag.value,
	};
}

type EnvironmentRule = { readonly environment: string; readonly environmentTag: string };
