# The documents of Systems Manager, in the region of the provider. The product runs them only while their content is
# the one of the version that runs.

locals {
  documents = {
    "SmartCloudOps-RestartService"  = "restart-service.yaml"
    "SmartCloudOps-CleanDisk"       = "clean-disk.yaml"
    "SmartCloudOps-CleanDiskReport" = "clean-disk-report.yaml"
  }
}

resource "aws_ssm_document" "ours" {
  for_each        = local.documents
  name            = each.key
  document_type   = "Command"
  document_format = "YAML"
  target_type     = "/AWS::EC2::Instance"
  content         = file("${path.module}/../manifests/ssm/${each.value}")
}
