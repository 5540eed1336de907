import { keyText } from "../domain/describe-issue.ts";
import type { FileConfig } from "./file-config.ts";

/**
 * Names of channels that no entry of channels: has, one line for each: what goes to such a name would go
 * nowhere. Places such as `slack:C0123456789` are looked at elsewhere. Pure.
 */
export function unknownChannels(file: FileConfig): readonly string[] {
	const names = [...file.channels.map((channel) => channel.name), "console"];
	const keys = [
		...file.routes.map(({ channels }, index) => ({ path: ["routes", index, "channels"], refs: channels })),
		{ path: ["default_channels"], refs: file.default_channels ?? [] },
		...file.digests.map(({ channels }, index) => ({ path: ["digests", index, "channels"], refs: channels })),
	];
	return keys.flatMap(({ path, refs }) =>
		refs.flatMap((ref, index) =>
			ref.includes(":") || names.includes(ref)
				? []
				: [`${keyText([...path, index])}: there is no channel "${ref}"; channels: has ${names.join(", ")}`],
		),
	);
}
