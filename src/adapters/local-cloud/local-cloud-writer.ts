import type { LocalWriter } from "../../ports/cloud-writer.ts";
import { findService } from "./local-cloud-reader.ts";
import type { Supervisor } from "./supervisor.ts";

/** Restarts the supervised commands of this machine. */
export function localCloudWriter({ services }: Supervisor): LocalWriter {
	return {
		restartService: async (request) => findService(services, request.target).restart(request),
	};
}
