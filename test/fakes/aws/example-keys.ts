import type { AccessKey } from "./access-key.ts";

/** May do everything. */
export const WRITER: AccessKey = {
	accessKeyId: "AKIAEXAMPLEWRITER",
	secretAccessKey: "writer-secret",
	account: "111122223333",
	role: "ops-writer",
	allow: ["*"],
};

/** May look at everything and change nothing. */
export const READER: AccessKey = {
	accessKeyId: "AKIAEXAMPLEREADER",
	secretAccessKey: "reader-secret",
	account: "111122223333",
	role: "ops-reader",
	allow: [
		"ec2:Describe*",
		"autoscaling:Describe*",
		"ssm:Describe*",
		"ssm:List*",
		"ssm:Get*",
		"iam:SimulatePrincipalPolicy",
	],
};

/** Everything in another account. */
export const STRANGER: AccessKey = {
	accessKeyId: "AKIAEXAMPLESTRANGER",
	secretAccessKey: "stranger-secret",
	account: "999988887777",
	allow: ["*"],
};
