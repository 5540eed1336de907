/** An error that AWS itself answers with: its code, its text, and the HTTP status. */
export class AwsError extends Error {
	readonly code: string;
	readonly status: number;

	constructor(code: string, message: string, status = 400) {
		super(message);
		this.code = code;
		this.status = status;
	}
}
