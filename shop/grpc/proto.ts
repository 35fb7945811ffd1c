/** The shop's catalogue, as `examples/catalog.proto` has it too. */
export const CATALOG_PROTO = `syntax = "proto3";

package hipstershop;

service ProductCatalogService {
  rpc ListProducts(Empty) returns (ListProductsResponse);
  rpc GetProduct(GetProductRequest) returns (Product);
  rpc SearchProducts(SearchProductsRequest) returns (SearchProductsResponse);
  // A price each 100 ms, as many as are asked for.
  rpc WatchPrice(WatchPriceRequest) returns (stream Price);
  // A price for each product that is asked for.
  rpc QuotePrices(stream GetProductRequest) returns (stream Price);
}

message Empty {}

message Money {
  string currency_code = 1;
  int64 units = 2;
  int32 nanos = 3;
}

message Product {
  string id = 1;
  string name = 2;
  string description = 3;
  string picture = 4;
  Money price_usd = 5;
  repeated string categories = 6;
}

message ListProductsResponse {
  repeated Product products = 1;
}

message GetProductRequest {
  string id = 1;
}

message SearchProductsRequest {
  string query = 1;
}

message SearchProductsResponse {
  repeated Product results = 1;
}

message WatchPriceRequest {
  string id = 1;
  int32 count = 2;
}

message Price {
  string id = 1;
  Money price_usd = 2;
}
`

/** gRPC's own reflection, as much of it as clients ask for. */
export const REFLECTION_PROTO = `syntax = "proto3";

package grpc.reflection.v1;

service ServerReflection {
  rpc ServerReflectionInfo(stream ServerReflectionRequest) returns (stream ServerReflectionResponse);
}

message ServerReflectionRequest {
  string host = 1;
  oneof message_request {
    string file_by_filename = 3;
    string file_containing_symbol = 4;
    string list_services = 7;
  }
}

message ServerReflectionResponse {
  string valid_host = 1;
  ServerReflectionRequest original_request = 2;
  oneof message_response {
    FileDescriptorResponse file_descriptor_response = 4;
    ListServiceResponse list_services_response = 6;
    ErrorResponse error_response = 7;
  }
}

message FileDescriptorResponse {
  repeated bytes file_descriptor_proto = 1;
}

message ListServiceResponse {
  repeated ServiceResponse service = 1;
}

message ServiceResponse {
  string name = 1;
}

message ErrorResponse {
  int32 error_code = 1;
  string error_message = 2;
}
`
