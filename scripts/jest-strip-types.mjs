// The same erasure Node applies at run time; columns stay, so no source map is needed.
import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

const strip = (source) => ({ code: stripTypeScriptTypes(source, { mode: "strip" }) });

export default {
	getCacheKey: (source, file) =>
		createHash("sha1").update(process.version).update(file).update(source).digest("hex"),
	process: strip,
	processAsync: async (source) => strip(source),
};
