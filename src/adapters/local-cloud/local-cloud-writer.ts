import type { CloudWriter } from "../../ports/cloud-writer.ts";
import { findService } from "./local-cloud-reader.ts";
import type { Supervisor } from "./supervisor.ts";

/** Restarts the supervised commands of this machine. */
export function localCloudWriter({ services }: Supervisor): CloudWriter {
	return {
		restartService: async (request) => findService(services, request.target).restart(request),
	};
}
