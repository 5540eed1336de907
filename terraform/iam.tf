# Two roles: the reader can change nothing, and only the writer's may, on what carries the required tag.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition

  instances = [for region in var.regions :
  "arn:${local.partition}:ec2:${region}:${local.account}:instance/*"]
  groups = [for region in var.regions :
  "arn:${local.partition}:autoscaling:${region}:${local.account}:autoScalingGroup:*:autoScalingGroupName/*"]
  our_documents = [for pair in setproduct(var.regions, keys(local.documents)) :
  "arn:${local.partition}:ssm:${pair[0]}:${local.account}:document/${pair[1]}"]
  reports = [for region in var.regions :
  "arn:${local.partition}:ssm:${region}:${local.account}:document/SmartCloudOps-CleanDiskReport"]
  changing_documents = [for arn in local.our_documents : arn if !contains(local.reports, arn)]
}

data "aws_iam_policy_document" "reader" {
  # These actions know no resources: AWS takes nothing but "*" here.
  statement {
    sid = "ReadWhatThereIs"
    actions = [
      "autoscaling:DescribeAutoScalingGroups",
      "ec2:DescribeInstanceStatus",
      "ec2:DescribeInstances",
      "ssm:DescribeInstanceInformation",
      "ssm:ListCommandInvocations",
      "ssm:ListCommands",
    ]
    resources = ["*"]
  }

  statement {
    sid       = "ReadOurDocuments"
    actions   = ["ssm:DescribeDocument", "ssm:GetDocument"]
    resources = local.our_documents
  }

  # The one document that only reports: what a clean-up would free.
  statement {
    sid       = "RunReports"
    actions   = ["ssm:SendCommand"]
    resources = local.reports
  }

  statement {
    sid       = "RunReportsOnManaged"
    actions   = ["ssm:SendCommand"]
    resources = local.instances
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/${var.required_tag.key}"
      values   = [var.required_tag.value]
    }
  }
}

data "aws_iam_policy_document" "writer" {
  statement {
    sid       = "ChangeManagedInstances"
    actions   = ["ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances"]
    resources = local.instances
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/${var.required_tag.key}"
      values   = [var.required_tag.value]
    }
  }

  statement {
    sid       = "ScaleManagedGroups"
    actions   = ["autoscaling:SetDesiredCapacity"]
    resources = local.groups
    condition {
      test     = "StringEquals"
      variable = "autoscaling:ResourceTag/${var.required_tag.key}"
      values   = [var.required_tag.value]
    }
  }

  # Read again directly before it is set. The action knows no resources.
  statement {
    sid       = "ReadGroupsBeforeScaling"
    actions   = ["autoscaling:DescribeAutoScalingGroups"]
    resources = ["*"]
  }

  statement {
    sid       = "RunOurDocuments"
    actions   = ["ssm:SendCommand"]
    resources = local.changing_documents
  }

  statement {
    sid       = "RunOurDocumentsOnManaged"
    actions   = ["ssm:SendCommand"]
    resources = local.instances
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/${var.required_tag.key}"
      values   = [var.required_tag.value]
    }
  }

  # So that a missing permission is seen before anybody is asked.
  statement {
    sid       = "AskAboutItself"
    actions   = ["iam:SimulatePrincipalPolicy"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${var.name_prefix}-writer"]
  }
}

data "aws_iam_policy_document" "reader_trust" {
  count = var.create_roles ? 1 : 0
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.reader_principals
    }
  }
}

data "aws_iam_policy_document" "writer_trust" {
  count = var.create_roles ? 1 : 0
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.writer_principals
    }
  }
}

resource "aws_iam_role" "reader" {
  count                = var.create_roles ? 1 : 0
  name                 = "${var.name_prefix}-reader"
  description          = "SmartCloudOps AI: reads instances, groups and commands; changes nothing"
  assume_role_policy   = data.aws_iam_policy_document.reader_trust[0].json
  max_session_duration = 3600
}

resource "aws_iam_role" "writer" {
  count                = var.create_roles ? 1 : 0
  name                 = "${var.name_prefix}-writer"
  description          = "SmartCloudOps AI: makes approved changes to what carries the required tag"
  assume_role_policy   = data.aws_iam_policy_document.writer_trust[0].json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "reader" {
  count  = var.create_roles ? 1 : 0
  name   = "read"
  role   = aws_iam_role.reader[0].id
  policy = data.aws_iam_policy_document.reader.json
}

resource "aws_iam_role_policy" "writer" {
  count  = var.create_roles ? 1 : 0
  name   = "change"
  role   = aws_iam_role.writer[0].id
  policy = data.aws_iam_policy_document.writer.json
}
