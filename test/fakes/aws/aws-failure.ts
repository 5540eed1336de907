/** How a client's call failed: code and HTTP status, such as `DryRunOperation 412`; `no reply`, or `none` if it did not. */
export async function awsFailure(call: Promise<unknown>): Promise<string> {
	try {
		await call;
		return "none";
	} catch (error) {
		const { name, $metadata: metadata } = Object(error) as {
			name?: string;
			$metadata?: { httpStatusCode?: number };
		};
		return metadata?.httpStatusCode === undefined ? "no reply" : `${name} ${metadata.httpStatusCode}`;
	}
}
