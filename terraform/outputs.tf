output "reader_role_arn" {
  description = "For the profile of aws.reader_profile."
  value       = one(aws_iam_role.reader[*].arn)
}

output "writer_role_arn" {
  description = "For the profile of aws.writer_profile, and for aws.writer_role_arn."
  value       = one(aws_iam_role.writer[*].arn)
}

output "documents" {
  description = "The documents of this region with their default versions."
  value       = { for name, document in aws_ssm_document.ours : name => document.default_version }
}
