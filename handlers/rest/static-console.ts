import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../src/domain/errors.ts";

const OWN_PATHS = /^\/(api|metrics|healthz|readyz)(\/|$|\?)/;

/**
 * Serves the built console below `/`: hashed assets for ever, everything else asked for anew each time. Addresses of
 * its pages, which are no files, get its index. Without a build, pages are `not_found` with what to do.
 */
export async function serveConsole(app: FastifyInstance, webRoot: string): Promise<void> {
	const built = existsSync(join(webRoot, "index.html"));
	if (built)
		await app.register(fastifyStatic, {
			root: webRoot,
			cacheControl: false,
			dotfiles: "ignore",
			setHeaders: (reply, path) => {
				const hashed = path.startsWith(join(webRoot, "assets") + sep);
				reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
			},
		});
	app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
		if (!isPage(request)) throw new AppError("not_found", "There is nothing at this address.");
		if (!built) throw new AppError("not_found", "The console is not built yet; run npm start to build it.");
		return page(reply);
	});
}

function page(reply: FastifyReply): FastifyReply {
	return reply.sendFile("index.html");
}

/** Whether somebody opens a page: a GET that wants HTML, not below the API, and not a missing file. */
function isPage(request: FastifyRequest): boolean {
	const path = request.url.split("?")[0] ?? "";
	return (
		(request.method === "GET" || request.method === "HEAD") &&
		(request.headers.accept ?? "").includes("text/html") &&
		!OWN_PATHS.test(path) &&
		!/\.[a-z0-9]+$/i.test(path)
	);
}
