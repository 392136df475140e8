"""The 256 frequent nouns against which every other morpheme is measured.

Chosen once by pivoted Cholesky among the 4,000 most frequent unambiguous common
nouns of Kiwi's model, so that their similarity matrix is as well conditioned as
256 words can make it; order is that of choice. Changing a word changes every vector.
"""

_WORDS = """
문화 자진 결정 선물 전력 동시 조성 가운데 주의 당시 계산 검사 동물 투자 종합
자리 정상 이용 주제 기록 학교 폐지 소비자 사과 부족 모범 통합 일부 인상 희망
대사 설명 활동 소장 조정 사고 보장 가사 이번 마찬가지 좌우 여론 시계 기본 시도
만족 이하 대가 상대 처리 차례 경영 문의 주도 지역 공무원 파업 유학 최대 고문
대출 지옥 선호 위장 동기 개발 보수 기타 무리 크기 대비 이론 연장 시점 후자
신문 공개 방위 행사 승리 관객 주문 부인 복수 이유 이웃 해체 단독 회복 대형
순위 외국어 고민 지도 협회 인사 예외 차원 정통 심사 위협 연초 수치 반응 표지
조합 웬일 취지 무상 웃음 사태 대기 출연 감수 정의 말씀 장애인 발생 고장 관계
가입 부분 간접 해방 유산 미군 선박 자체 평균 강사 특허 승인 개최 선사 담당
임시 메시지 매매 제약 단점 노선 어른 해당 학습 재판 양식 오후 공백 신분 완성
공천 은퇴 동반 순서 승용차 시장 명사 소문 강도 양자 연구원 시청 육성 보건 그룹
주민 보기 보름 일종 교체 신인 명품 합병 확산 눈치 극단 출구 씨름 관광 구경
희생 카페 추가 반사 가마 나머지 직선 구체 당근 중단 보고서 원고 전문가 진화
점수 토론 초반 구석 수입 손가락 전적 균형 단속 응원 인공 여름 내재 상부 추정
교환 배치 중시 정경 중심지 참고 연령 예전 자율 보육 절반 업소 철학 가짜 생활
산림 정신 바이올린 전년 환자 군인 경제 청소년 감옥 창피 지식 소재 외곽 물체
거주 사냥 복지 환경 기원전 폭발 과언 구호 애초 기관 게임 다국적 촉구 공약 다행
방지 자락 계통
"""

LANDMARKS: tuple[str, ...] = tuple(_WORDS.split())
