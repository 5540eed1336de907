/** A document that restarts a service, with parameters that are guarded. */
export const RESTART = JSON.stringify({
	schemaVersion: "2.2",
	description: "Restarts a service",
	parameters: {
		service: { type: "String", allowedPattern: "^[a-z][a-z-]{0,30}$" },
		paths: { type: "StringList", default: [], maxItems: 2 },
	},
	mainSteps: [],
});
