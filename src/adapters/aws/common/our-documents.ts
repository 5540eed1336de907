import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/** The documents of Systems Manager that come with the product, by name. `reads`: it changes nothing. */
const DOCUMENTS: Readonly<Record<string, { readonly file: string; readonly reads: boolean }>> = {
	"SmartCloudOps-RestartService": { file: "restart-service.yaml", reads: false },
	"SmartCloudOps-CleanDisk": { file: "clean-disk.yaml", reads: false },
	"SmartCloudOps-CleanDiskReport": { file: "clean-disk-report.yaml", reads: true },
};

/** The names of all. */
export const OUR_DOCUMENTS: readonly string[] = Object.keys(DOCUMENTS);

type Parameter = { readonly allowedPattern: string; readonly maxChars: number };
type OurDocument = {
	readonly reads: boolean;
	readonly content: unknown;
	readonly parameters: Readonly<Record<string, Parameter>>;
};

const loaded = new Map<string, OurDocument>();

/** One of our documents; undefined for any other name. Read from manifests/ssm when it is first asked for. */
export function ourDocument(name: string): OurDocument | undefined {
	const entry = Object.hasOwn(DOCUMENTS, name) ? DOCUMENTS[name] : undefined;
	if (!entry) return undefined;
	const known = loaded.get(name) ?? load(entry);
	loaded.set(name, known);
	return known;
}

function load({ file, reads }: { readonly file: string; readonly reads: boolean }): OurDocument {
	const text = readFileSync(new URL(`../../../../manifests/ssm/${file}`, import.meta.url), "utf8");
	const content: { readonly parameters: OurDocument["parameters"] } = parse(text);
	return { reads, content, parameters: content.parameters };
}

/** Whether a content, as JSON or YAML, means the same as the document of this name that we ship. */
export function isOurContent(name: string, content: string): boolean {
	const ours = ourDocument(name);
	if (!ours) return false;
	try {
		return isDeepStrictEqual(parse(content), ours.content);
	} catch {
		return false;
	}
}
