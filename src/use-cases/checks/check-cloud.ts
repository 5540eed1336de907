import { toAppError } from "../../domain/errors.ts";
import type { LocalReader } from "../../ports/cloud-reader.ts";
import type { SelfCheck } from "../../ports/self-check.ts";

/** Whether what can be remedied can be read: the services of this machine, and the named ones of AWS beside them. */
export function checkCloud(
	reader: LocalReader,
	awsServices: readonly { readonly name: string }[] = [],
): SelfCheck {
	return {
		area: "cloud",
		run: async () => {
			try {
				const services = await reader.listServices();
				const here = services.map(({ target, state }) => `${target} is ${state}`);
				const inAws = awsServices.map(({ name }) => `${name} is restarted in AWS`);
				const known = [...here, ...inAws];
				const text =
					known.length === 0
						? "No service can be restarted: none is supervised here, and none of AWS is named."
						: `${known.join(", ")}.`;
				return [{ area: "cloud", name: "services", verdict: known.length === 0 ? "off" : "ok", text }];
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
