// Makes the package that is uploaded to Teams: fills the ids into manifests/teams/manifest.json, checks it against the
// schema's rules, draws the icons and zips all three. Usage:
//   MICROSOFT_APP_ID=... PUBLIC_URL=https://ops.example.com npm run teams-package [-- --out <file>]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Resvg } from "@resvg/resvg-js";
import { strToU8, zipSync } from "fflate";
import { z } from "zod";
import { TeamsManifest } from "./teams-manifest-schema.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "manifests/teams");
const ICONS = [
	{ file: "color.png", drawing: "icon.svg", pixels: 192 },
	{ file: "outline.png", drawing: "outline.svg", pixels: 32 },
];
// A zip's own times would make each package another one.
const STAMP = { mtime: "2026-01-01T00:00:00" };

const values = readValues(process.env);
const manifest = readManifest(values);
const files = {
	"manifest.json": strToU8(`${JSON.stringify(manifest, null, "\t")}\n`),
	...Object.fromEntries(ICONS.map(({ file, drawing, pixels }) => [file, draw(drawing, pixels)])),
};
const { out } = parseArgs({
	options: { out: { type: "string", default: "dist/smartcloudops-teams.zip" } },
}).values;
const target = resolve(root, out);
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, zipSync(files, STAMP));
process.stdout.write(
	`${target} is ready: upload it in Teams under Apps, Manage your apps, Upload an app, Upload a custom app.\n` +
		`The bot's messaging endpoint is ${new URL("api/teams/messages", `${values.PUBLIC_URL}/`).href}\n`,
);

function readValues(env) {
	const text = (name) => env[name]?.trim() || undefined;
	const missing = ["MICROSOFT_APP_ID", "PUBLIC_URL"].filter((name) => !text(name));
	if (missing.length > 0) fail([`set ${missing.join(" and ")}`]);
	const publicUrl = text("PUBLIC_URL").replace(/\/+$/, "");
	return {
		VERSION: JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version,
		MICROSOFT_APP_ID: text("MICROSOFT_APP_ID"),
		PUBLIC_URL: publicUrl,
		TEAMS_DEVELOPER_NAME: text("TEAMS_DEVELOPER_NAME") ?? "SmartCloudOps AI",
		TEAMS_PRIVACY_URL: text("TEAMS_PRIVACY_URL") ?? publicUrl,
		TEAMS_TERMS_URL: text("TEAMS_TERMS_URL") ?? publicUrl,
	};
}

function readManifest(filledIn) {
	const template = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"), (_key, value) =>
		typeof value === "string" ? fill(value, filledIn) : value,
	);
	const checked = TeamsManifest.safeParse(template);
	if (checked.success) return checked.data;
	return fail(checked.error.issues.map(({ path, message }) => `${z.core.toDotPath(path)}: ${message}`));
}

function fill(value, filledIn) {
	return value.replaceAll(
		/\$\{(\w+)\}/g,
		(_mark, name) => filledIn[name] ?? fail([`nothing is known as ${name}`]),
	);
}

function draw(drawing, pixels) {
	const svg = readFileSync(join(source, drawing), "utf8");
	const picture = new Resvg(svg, { fitTo: { mode: "width", value: pixels } }).render();
	if (picture.width !== pixels || picture.height !== pixels)
		return fail([`${drawing} must be square; it is ${picture.width} by ${picture.height}`]);
	return [picture.asPng(), { level: 0 }];
}

function fail(problems) {
	process.stderr.write(`The Teams package can't be made:\n${problems.map((line) => `  ${line}\n`).join("")}`);
	process.exit(1);
}
