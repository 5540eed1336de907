import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { AppError } from "../../../domain/errors.ts";
import { callAws } from "./call-aws.ts";
import { clientOptions } from "./client-options.ts";
import type { AwsSettings, AwsSide } from "./settings.ts";

const KEEP_MS = 300_000;

/**
 * Tells the account of the credentials, asked at most every five minutes. AppError `conflict` where it is not the
 * configured one. A failure is not kept.
 */
export function callerAccount(settings: AwsSettings, side: AwsSide): () => Promise<string> {
	const { regions, clock, times } = settings;
	let client: STSClient | undefined;
	let known: { readonly account: Promise<string>; readonly atMs: number } | undefined;
	const ask = async (): Promise<string> => {
		client ??= new STSClient(clientOptions(settings, "read", regions[0] ?? ""));
		const sts = client;
		const { Account: account } = await callAws(
			{ action: "sts:GetCallerIdentity", side },
			times.readTotalMs,
			(options) => sts.send(new GetCallerIdentityCommand({}), options),
		);
		if (account === undefined || !/^\d{12}$/.test(account))
			throw new AppError("unavailable", "AWS did not say whose credentials these are; try again.");
		return account;
	};
	return async () => {
		const nowMs = clock.now();
		if (!known || Math.abs(nowMs - known.atMs) >= KEEP_MS) known = { account: ask(), atMs: nowMs };
		const asked = known;
		try {
			return checked(await asked.account, settings.account, side);
		} catch (error) {
			if (known === asked && !(error instanceof AppError && error.code === "conflict")) known = undefined;
			throw error;
		}
	};
}

function checked(account: string, wanted: string | undefined, side: AwsSide): string {
	if (wanted === undefined || account === wanted) return account;
	throw new AppError(
		"conflict",
		`The ${side}'s credentials belong to the AWS account ${account}, but aws.account is ${wanted}; correct aws.${side}_profile or aws.account.`,
		{ extra: { changed: false } },
	);
}
