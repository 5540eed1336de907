import { z } from "zod";

/** A region by its name. */
export const Region = z
	.string()
	.max(30)
	.regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, "is not a region such as eu-west-1");

/** Which instances: one by its id or its Name tag, or all that carry a tag. */
export const InstanceParameters = z
	.strictObject({
		instance: z
			.string()
			.regex(
				/^[A-Za-z0-9][A-Za-z0-9 ._:/@+=-]{0,127}$/,
				"name an instance by its id (i-...) or its Name tag: letters, digits, spaces and . _ : / @ + = -",
			)
			.optional()
			.describe("its id or its Name tag; either this or tag"),
		tag: z
			.string()
			.regex(
				/^[A-Za-z0-9][A-Za-z0-9 ._:/@+-]{0,127}=[A-Za-z0-9 ._:/@+=-]{1,256}$/,
				"write a tag as Key=Value: letters, digits, spaces and . _ : / @ + -",
			)
			.optional()
			.describe("all that carry it, as Key=Value; either this or instance"),
		region: Region.optional(),
	})
	.refine(({ instance, tag }) => (instance === undefined) !== (tag === undefined), {
		message: "name either an instance or a tag",
	});
export type InstanceParameters = z.infer<typeof InstanceParameters>;

/** The key and the value of a tag written `Key=Value`. */
export function splitTag(tag: string): { readonly key: string; readonly value: string } {
	const at = tag.indexOf("=");
	return { key: tag.slice(0, at), value: tag.slice(at + 1) };
}
