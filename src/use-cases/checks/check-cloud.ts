import { toAppError } from "../../domain/errors.ts";
import type { LocalReader } from "../../ports/cloud-reader.ts";
import type { SelfCheck } from "../../ports/self-check.ts";

/** Whether what can be remedied can be read. */
export function checkCloud(reader: LocalReader): SelfCheck {
	return {
		area: "cloud",
		run: async () => {
			try {
				const services = await reader.listServices();
				const text =
					services.length === 0
						? "No service here can be restarted: none is supervised."
						: `${services.map(({ target, state }) => `${target} is ${state}`).join(", ")}.`;
				return [{ area: "cloud", name: "services", verdict: services.length === 0 ? "off" : "ok", text }];
			} catch (error) {
				return [
					{
						area: "cloud",
						name: "services",
						verdict: "fail",
						text: toAppError(error).message,
						remedy: "Look at the log; until then nothing can be restarted.",
					},
				];
			}
		},
	};
}
