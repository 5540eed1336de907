// The map of the house: which folder may import which. test/architecture.test.ts checks the tree against it, and that
// planted violations of each rule are caught.

/** Folder -> the folders of ours it may import besides itself, and what from outside. Regular expressions. */
export const MAP = [
	{
		folder: "src/domain",
		ours: [],
		npm: ["zod"],
		core: false,
		instead: "Domain rules are pure: pass the value in, or move the code to a use case.",
	},
	{
		folder: "src/ports",
		ours: ["src/domain"],
		npm: [],
		core: false,
		instead: "A port is a type over domain words; put code behind it in an adapter.",
	},
	{
		folder: "models",
		apart: ["named"],
		ours: ["src/domain", "models/named"],
		npm: [],
		core: false,
		instead: "Detectors are pure: samples in, scores out. Let a use case fetch and store.",
	},
	{
		folder: "models/named",
		ours: ["src/domain", "models"],
		npm: ["ml-isolation-forest", "ml-random-forest"],
		core: false,
		instead: "The named engines stand on their package and on models; nothing else is known here.",
	},
	{
		folder: "src/remediations",
		ours: ["src/domain", "src/ports"],
		instead: "A remediation sees the world through CloudReader and CloudWriter only.",
	},
	{
		folder: "skills",
		ours: ["src/domain", "src/ports", "models"],
		instead: "A skill reads through ports, and proposes through the Proposer port.",
	},
	{
		folder: "src/agent",
		ours: ["src/domain", "src/ports", "skills"],
		instead: "The agent calls skills; give it a new skill instead.",
	},
	{
		folder: "src/use-cases",
		ours: ["src/domain", "src/ports", "models"],
		instead: "A use case knows ports, not adapters; ask for the port as an argument.",
	},
	{
		folder: "src/executor",
		ours: ["src/domain", "src/ports", "src/remediations"],
		instead: "The executor takes an approval id and runs remediations, nothing else.",
	},
	{
		folder: "src/adapters/[^/]+",
		apart: ["model-worker"],
		ours: ["src/domain", "src/ports"],
		instead: "Adapters don't know each other or models; compose them in src/compose.",
	},
	{
		folder: "src/adapters/model-worker",
		ours: ["src/domain", "src/ports", "models"],
		instead: "The worker thread runs models and nothing else; it knows no other adapter.",
	},
	{
		folder: "handlers/[^/]+",
		ours: ["src/domain", "src/ports", "src/use-cases", "handlers/route-chat-event[.]ts"],
		instead: "A handler translates and calls a use case; another handler's code belongs in a use case.",
	},
	{
		folder: "handlers",
		files: true,
		ours: ["src/domain", "src/ports", "src/use-cases", "handlers"],
		instead: "Only src/compose builds adapters; take what you need as an argument.",
	},
	{
		folder: "src/sample-workload",
		ours: [],
		instead: "The sample service is a program of its own: it knows nothing of the product.",
	},
	{
		folder: "src/config",
		ours: ["src/domain"],
		instead: "A schema of the configuration knows the words of the domain and nothing else.",
	},
	{
		folder: "src/config[.]ts",
		ours: ["src/domain", "src/config"],
		instead: "Configuration is parsed once, before anything is built.",
	},
	{
		folder: "src/main[.]ts",
		ours: ["src/config[.]ts", "src/compose", "src/domain/errors[.]ts"],
		instead: "Start-up belongs in src/compose.",
	},
	{
		folder: "src/database[.]ts",
		ours: ["src/compose", "src/domain/errors[.]ts"],
		instead: "The command only starts and prints; what it does belongs in src/compose.",
	},
	{
		folder: "src/compose",
		ours: ["src", "handlers", "skills", "models"],
		instead: "Nothing to do: compose may import everything.",
	},
];

const ROOT = "^(?:src|handlers|skills|models|bench|test|web)/";

/**
 * Where a map entry's modules lie. `handlers` itself holds single files beside its folders; `apart` are the folders in
 * it, or in its family, that have an entry of their own.
 */
export const homeOf = (entry) => {
	if (entry.files) return `^${entry.folder}/[^/]+$`;
	if (entry.folder.endsWith("[.]ts")) return `^${entry.folder}$`;
	const apart = entry.apart ? `(?!(?:${entry.apart.join("|")})/)` : "";
	const family = entry.folder.endsWith("/[^/]+");
	return family ? `^${entry.folder.replace("[^/]+", `${apart}[^/]+`)}/` : `^${entry.folder}/${apart}`;
};

/** Own folder: the same one of a family such as src/adapters/x, by the group match of the importer. */
const ownOf = (entry) => {
	if (entry.folder.includes("[^/]+")) return `^${entry.folder.replace("[^/]+", "$1")}/`;
	return homeOf(entry);
};

const rules = MAP.flatMap((entry) => {
	const from = { path: homeOf(entry).replace("[^/]+/", "([^/]+)/") };
	const name = entry.folder.replace("[^/]+", "each").replaceAll(/[[\]]/g, "").replaceAll("/", "-");
	const allowed = entry.ours.map((folder) => (folder.endsWith("[.]ts") ? `^${folder}$` : `^${folder}/`));
	const list = [
		{
			name: `${name}-imports`,
			comment: entry.instead,
			severity: "error",
			from,
			to: { path: ROOT, pathNot: [ownOf(entry), ...allowed] },
		},
	];
	if (entry.core === false)
		list.push({
			name: `${name}-no-core`,
			comment: entry.instead,
			severity: "error",
			from,
			to: { dependencyTypes: ["core"] },
		});
	if (entry.npm)
		list.push({
			name: `${name}-no-npm`,
			comment: entry.instead,
			severity: "error",
			from,
			to: { path: "node_modules", pathNot: [`node_modules/(?:${entry.npm.join("|") || "none"})/`] },
		});
	return list;
});

export default {
	forbidden: [
		...rules,
		{
			name: "nothing-that-reads-text-reaches-an-effect",
			comment:
				"What reads text from outside must not reach what changes the world: ask for a proposal instead.",
			severity: "error",
			from: { path: "^(?:handlers|skills|src/agent|src/use-cases)/" },
			to: { path: "^src/(?:executor|remediations|adapters/aws/writer)/", reachable: true },
		},
		{
			name: "aws-reader-without-writer",
			comment:
				"What reads AWS must not reach what changes it: shared code belongs in src/adapters/aws/common.",
			severity: "error",
			from: { path: "^src/adapters/aws/(?:reader|common)/" },
			to: { path: "^src/adapters/aws/writer/", reachable: true },
		},
		{
			name: "aws-writer-without-reader",
			comment: "The writer has credentials of its own: shared code belongs in src/adapters/aws/common.",
			severity: "error",
			from: { path: "^src/adapters/aws/(?:writer|common)/" },
			to: { path: "^src/adapters/aws/reader/", reachable: true },
		},
		{
			name: "nothing-imports-tests",
			comment: "Product code must not know tests or benchmarks.",
			severity: "error",
			from: { path: "^(?:src|handlers|skills|models|web)/" },
			to: { path: "^(?:test|bench)/" },
		},
		{
			name: "named-engines-only-in-models-named",
			comment: "The named engines are guarded in models/named: take the forest or the detector from there.",
			severity: "error",
			from: { path: "^(?:src|handlers|skills|models)/", pathNot: "^models/named/" },
			to: { path: "node_modules/ml-(?:isolation|random)-forest/" },
		},
		{
			name: "langchain-only-in-agent",
			comment: "Only src/agent knows the language-model framework.",
			severity: "error",
			from: { path: "^(?:src|handlers|skills|models)/", pathNot: "^src/(?:agent|compose)/" },
			to: { path: "node_modules/(?:langchain|@langchain)/" },
		},
		{
			name: "no-cycles",
			comment: "Two files that need each other are one file, or need a third.",
			severity: "error",
			from: {},
			to: { circular: true },
		},
	],
	options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, parser: "swc" },
};
